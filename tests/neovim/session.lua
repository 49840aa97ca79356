-- A session of a real editor: Neovim (0.7 or newer), headless. It shows findings at the right columns, applies
-- a fix and an allowance through code actions, shows a page about a rule, and ends the server cleanly.
-- Run by tests/neovim/run. The server's command stands in the variable CONNOTE.

local WAIT = 60000
local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")
local path = folder .. "/zoë.md"
local words = "Hi Zoë 👋🏽 from 東京, I liked the the slides, and would like to to ask about 👩‍💻 doors."
vim.fn.writefile({ "---", "to: Zoë", "---", words }, path)

local function check(holds, what)
  if not holds then
    error(what, 0)
  end
  io.stdout:write("ok: " .. what .. "\n")
end

local ended

local function session()
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  local settings = {
    name = "connote",
    cmd = { vim.env.CONNOTE, "lsp" },
    root_dir = folder,
    on_exit = function(code, signal)
      ended = { code = code, signal = signal }
    end,
  }
  local id = vim.lsp.start_client and vim.lsp.start_client(settings) or vim.lsp.start(settings)
  vim.lsp.buf_attach_client(buffer, id)

  local function findings(rule)
    return vim.tbl_filter(function(found)
      return found.code == rule or (found.user_data and found.user_data.lsp and found.user_data.lsp.code == rule)
    end, vim.diagnostic.get(buffer))
  end
  local function line()
    return vim.api.nvim_buf_get_lines(buffer, 3, 4, false)[1]
  end

  vim.wait(WAIT, function() return #vim.diagnostic.get(buffer) > 0 end)
  local doubled = findings("doubled-word")
  check(#doubled == 2, "two doubled words are found")
  table.sort(doubled, function(one, two) return one.col < two.col end)
  for number, twice in ipairs({ "the the", "to to" }) do
    -- Neovim counts bytes; the server was asked for UTF-16.
    local start, last = words:find(twice, 1, true)
    local found = doubled[number]
    local place = found.lnum == 3 and found.col == start - 1 and found.end_col == last
    check(place, ("`%s` is marked at byte %d, behind emoji"):format(twice, start - 1))
  end
  check(doubled[1].severity == vim.diagnostic.severity.WARN, "as warnings")

  -- Chooses a code action as a person does in the menu.
  local function choose(pattern, column)
    vim.api.nvim_win_set_cursor(0, { 4, column })
    local titles = {}
    vim.ui.select = function(items, _, on_choice)
      for _, item in ipairs(items) do
        local action = item.action or item[2]
        table.insert(titles, action.title)
        if action.title:match(pattern) then
          return on_choice(item)
        end
      end
    end
    local tick = vim.api.nvim_buf_get_changedtick(buffer)
    vim.lsp.buf.code_action()
    local done = vim.wait(WAIT, function() return vim.api.nvim_buf_get_changedtick(buffer) ~= tick end)
    if not done then
      error("no action for " .. pattern .. " in " .. table.concat(titles, "; "), 0)
    end
  end

  local fixed = words:gsub("the the", "the")
  choose("leave out `the`", doubled[1].col)
  check(line() == fixed, "a fix is applied: nothing else of the line has changed")
  vim.wait(WAIT, function() return #findings("doubled-word") == 1 end)
  doubled = findings("doubled-word")
  check(#doubled == 1 and doubled[1].col == fixed:find("to to", 1, true) - 1, "the other one has moved with its words")

  local params = vim.lsp.util.make_position_params(0, "utf-16")
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/hover", params, WAIT)
  local page = answers and answers[id] and answers[id].result
  check(page and page.contents.value:find("Score", 1, true) ~= nil, "the score is told under the cursor")

  choose("^Allow doubled%-word", doubled[1].col)
  local front = vim.api.nvim_buf_get_lines(buffer, 0, 3, false)
  check(front[2] == "allow: [doubled-word]" and front[3] == "to: Zoë", "the rule is allowed in the front matter")
  vim.wait(WAIT, function() return #findings("doubled-word") == 0 end)
  check(#findings("doubled-word") == 0 and #findings("unused-allow") == 0, "and finds nothing any more")

  vim.lsp.get_client_by_id(id).stop()
  vim.wait(WAIT, function() return ended ~= nil end)
  check(ended and ended.code == 0 and ended.signal == 0, "the server ends with status 0")
end

local good, why = pcall(session)
vim.fn.delete(folder, "rf")
if not good then
  io.stdout:write("not ok: " .. tostring(why) .. "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
