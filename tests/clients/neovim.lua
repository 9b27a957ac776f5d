-- Work with the language server as somebody at the keys does; write what was seen as JSON.
local seen = {}

local function wait(what, condition)
  assert(vim.wait(60000, condition, 20), "waited in vain for " .. what)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

local function changed_by(what, work)
  local before = vim.api.nvim_buf_get_changedtick(0)
  work()
  wait(what, function() return vim.api.nvim_buf_get_changedtick(0) ~= before end)
end

local function go_to(words)
  local row = vim.fn.search([[\V]] .. words, "w")
  assert(row > 0, words)
end

local function work()
  local command = vim.fn.json_decode(vim.env.SERVER)
  local config = { name = "lint-migration-plan", cmd = command, root_dir = vim.fn.getcwd() }
  -- Before 0.8 there was but one of the two.
  local id = vim.lsp.start and vim.lsp.start(config) or vim.lsp.start_client(config)
  if not vim.lsp.buf_is_attached(0, id) then vim.lsp.buf_attach_client(0, id) end
  wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)

  seen.diagnostics, seen.squiggles = {}, {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local at = vim.api.nvim_buf_get_text(0, each.lnum, each.col, each.end_lnum, each.end_col, {})
    table.insert(seen.diagnostics, { each.code, table.concat(at, "\n") })
    local space = vim.diagnostic.get_namespace(each.namespace).user_data.underline_ns
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
      local row, first, details = mark[2], mark[3], mark[4]
      local drawn = vim.api.nvim_buf_get_text(0, row, first, details.end_row, details.end_col, {})
      table.insert(seen.squiggles, table.concat(drawn, "\n"))
    end
  end

  -- A fix, chosen from the menu.
  local titles = {}
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      table.insert(titles, action.title)
      if vim.startswith(action.title, "Write 'medium'") then choose(item) end
    end
  end
  go_to("Meduim")
  changed_by("the fix", function() vim.lsp.buf.code_action() end)
  seen.titles, seen.fixed = titles, text()
  wait("no diagnostics", function() return #vim.diagnostic.get(0) == 0 end)

  go_to("### Stage 4")
  changed_by("the new number", function() vim.lsp.buf.rename("9") end)
  seen.renamed = text()
end

local ok, message = xpcall(work, debug.traceback)
if not ok then seen.error = tostring(message) end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
