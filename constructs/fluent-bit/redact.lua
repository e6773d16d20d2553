-- Takes secrets and e-mail addresses out of log records before they leave the node.
--
-- Every string of a record is looked through, at any depth. A record in which nothing was found goes on as it came,
-- byte for byte; only a changed one makes the way through Lua's numbers, where integers above 2^53 lose digits.
-- Patterns that begin with a run of characters begin with a frontier (%f) of the same set: without it, one long run
-- without a match would cost the square of its length.

local SECRET = "[redacted-secret]"
local EMAIL = "[redacted-email]"

-- A key holds a secret if it is one of the first, or ends in one of the second; case and separators do not count, so
-- that "apiKey", "API_KEY" and "api-key" are one. Not "token" at the end: "max_token", "time_to_first_token".
local KEYS = {}
for name in ([[ authorization authtoken accesskeyid bearer connectionstring cookie credential credentials databaseurl
  dsn passwd pwd setcookie token xauthtoken xapikey ]]):gmatch("%S+") do
  KEYS[name] = true
end
local KEY_ENDINGS = {}
for name in ([[ accesskey accesstoken apikey apitoken authtoken bearertoken bottoken idtoken passphrase passwd password
  privatekey refreshtoken secret secretkey sessiontoken signingkey webhookurl ]]):gmatch("%S+") do
  KEY_ENDINGS[#KEY_ENDINGS + 1] = name
end

local function is_secret_key(key)
  local plain = key:lower():gsub("[^%w]", "")
  if KEYS[plain] then
    return true
  end
  for _, ending in ipairs(KEY_ENDINGS) do
    if plain:sub(-#ending) == ending then
      return true
    end
  end
  return false
end

-- Tokens known by how they begin: a part that must be there, the pattern, the shortest length that counts.
local TOKENS = {
  { "sk-", "%f[%w]sk%-[%w_%-]+", 20 }, -- OpenAI, Anthropic
  { "k_", "%f[%w][sr]k_%w+_%w+", 20 }, -- Stripe
  { "AKIA", "%f[%w]AKIA[%u%d]+", 20 }, -- AWS access key ids
  { "ASIA", "%f[%w]ASIA[%u%d]+", 20 },
  { "gh", "%f[%w]gh[oprsu]_%w+", 30 }, -- GitHub
  { "github_pat_", "github_pat_[%w_]+", 30 },
  { "glpat-", "glpat%-[%w_%-]+", 20 }, -- GitLab
  { "xox", "%f[%w]xox[abeoprs]%-[%w%-]+", 20 }, -- Slack
  { "hooks.slack.com/", "hooks%.slack%.com/[%w/_%-]+", 30 },
  { "AIza", "%f[%w]AIza[%w_%-]+", 35 }, -- Google
  { "hf_", "%f[%w]hf_%w+", 30 }, -- Hugging Face
  { "eyJ", "%f[%w_%-]eyJ[%w_%-]+%.[%w_%-]+%.?[%w_%-]*", 30 }, -- JSON Web Tokens
}

local function redact_tokens(text)
  for _, token in ipairs(TOKENS) do
    if text:find(token[1], 1, true) then
      text = text:gsub(token[2], function(found)
        return #found >= token[3] and SECRET or nil
      end)
    end
  end
  return text
end

-- "Bearer abc" and "Basic dXNlcjpwdw==": the word stays, the value goes. "bearer of news" is none.
local SCHEMES = { "[Bb][Ee][Aa][Rr][Ee][Rr]", "[Bb][Aa][Ss][Ii][Cc]" }

local function redact_schemes(text)
  for _, scheme in ipairs(SCHEMES) do
    text = text:gsub("%f[%a](" .. scheme .. "%s+)([%w%-%._~%+/=]+)", function(word, value)
      return #value >= 8 and (#value >= 20 or value:find("[%d=]")) and word .. SECRET or nil
    end)
  end
  return text
end

local function last_part(key)
  return key:match("^.*%.(.+)$") or key
end

-- "password": "abc" and, in JSON inside a text, \"token\":\"abc\": the key stays, the value goes.
local function redact_quoted(text)
  local parts, done, from = {}, 1, 1
  while true do
    local _, sign_end, key, open = text:find("%f[%w_%-%.]([%w_%-%.]+)\\*[\"']?%s*[:=]%s*(\\*[\"'])", from)
    if not sign_end then
      break
    end
    from = sign_end + 1
    if is_secret_key(last_part(key)) then
      local close, close_end = text:find(open, from, true)
      -- A bare quote after a backslash is part of the value.
      while close and #open == 1 and text:sub(close - 1, close - 1) == "\\" do
        close, close_end = text:find(open, close_end + 1, true)
      end
      parts[#parts + 1] = text:sub(done, sign_end) .. SECRET
      if not close then
        return table.concat(parts)
      end
      done, from = close, close_end + 1
    end
  end
  return table.concat(parts) .. text:sub(done)
end

-- password=abc and Token: abc
local function redact_plain(text)
  return (
    text:gsub("%f[%w_%-%.]([%w_%-%.]+)(%s*[:=]%s*)([^%s\"'\\,;&%]})]+)", function(key, sign, value)
      local word = value:lower()
      if word == "bearer" or word == "basic" or value:sub(1, 9) == "[redacted" then
        return nil
      end
      return is_secret_key(last_part(key)) and key .. sign .. SECRET or nil
    end)
  )
end

-- A key that was cut off has no end: what follows its beginning goes whole.
local function redact_private_keys(text)
  local parts, done = {}, 1
  while true do
    local begin, begin_end = text:find("%-%-%-%-%-BEGIN [%u%d ]*PRIVATE KEY%-%-%-%-%-", done)
    if not begin then
      return table.concat(parts) .. text:sub(done)
    end
    parts[#parts + 1] = text:sub(done, begin - 1) .. SECRET
    local _, finish = text:find("%-%-%-%-%-END [%u%d ]*PRIVATE KEY%-%-%-%-%-", begin_end + 1)
    if not finish then
      return table.concat(parts)
    end
    done = finish + 1
  end
end

local function redact_addresses(text)
  -- https://user:password@host
  text = text:gsub("(://[^%s/:@]*:)[^%s/@]+@", "%1" .. SECRET .. "@")
  -- A domain may be in any script but ends in ASCII, so that text which follows at once stays.
  local name = "[%w\128-\255%._%%%+'%-]"
  return (text:gsub("%f" .. name .. name .. "+@[%w\128-\255%-]+%.[%w%.%-]*%w", EMAIL))
end

local function redact_text(text)
  if text:find("PRIVATE KEY", 1, true) then
    text = redact_private_keys(text)
  end
  text = redact_schemes(redact_tokens(text))
  if text:find("[:=]") then
    text = redact_plain(redact_quoted(text))
  end
  if text:find("@", 1, true) then
    text = redact_addresses(text)
  end
  return text
end

-- Changes strings in place: the tables keep Fluent Bit's mark of what was an array, which an empty one needs.
local function redact_table(record, all)
  local changed = false
  for key, value in pairs(record) do
    local secret = all or (type(key) == "string" and is_secret_key(key))
    if type(value) == "table" then
      changed = redact_table(value, secret) or changed
    elseif type(value) == "string" and value ~= "" then
      local clean = secret and SECRET or redact_text(value)
      if clean ~= value then
        record[key] = clean
        changed = true
      end
    end
  end
  return changed
end

-- Called by Fluent Bit for each record. 0 keeps the record as it was, 2 replaces it and keeps its time
-- (docs.fluentbit.io/manual/data-pipeline/filters/lua).
function redact(_tag, timestamp, record)
  return redact_table(record, false) and 2 or 0, timestamp, record
end
