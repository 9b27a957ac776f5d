-- Stands in for what the recipe needs of Neovim 0.11, in an older one: a server that is described, and started for files.
local described = {}

vim.lsp.config = function(name, config) described[name] = config end

vim.lsp.enable = function(name)
  local config = described[name]
  vim.api.nvim_create_autocmd("FileType", {
    pattern = config.filetypes,
    callback = function()
      local id = vim.lsp.start_client({ name = name, cmd = config.cmd, root_dir = vim.fn.getcwd() })
      vim.lsp.buf_attach_client(0, id)
    end,
  })
end
