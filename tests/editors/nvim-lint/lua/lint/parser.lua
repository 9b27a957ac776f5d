-- Stands in for the parsers of the plugin nvim-lint: one from a pattern, the names of its groups and of severities.
local M = {}

function M.from_pattern(pattern, groups, severities, defaults)
  return function(output)
    local diagnostics = {}
    for _, line in ipairs(vim.split(output, "\n")) do
      local values, diagnostic = { line:match(pattern) }, {}
      for place, value in ipairs(values) do
        diagnostic[groups[place]] = value
      end
      if #values > 0 then
        diagnostic.lnum = tonumber(diagnostic.lnum) - 1
        diagnostic.col = tonumber(diagnostic.col) - 1
        diagnostic.severity = severities[diagnostic.severity]
        table.insert(diagnostics, vim.tbl_extend("keep", diagnostic, defaults))
      end
    end
    return diagnostics
  end
end

return M
