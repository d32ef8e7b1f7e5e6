-- What a busy rehearsal asks of a sandbox, for wrk: of ten requests eight read and two write.
-- TOKEN is a token of `admin` in the default seed, ROLES a file with the GUID of a role in each line.

local subscription = "/subscriptions/00000000-0000-0000-0000-000000000000"
local authorization = subscription .. "/providers/Microsoft.Authorization"
local platform = "a0000000-0000-4000-8000-000000000008"
local admin = "a0000000-0000-4000-8000-000000000001"
local reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
local headers = {
  ["Authorization"] = "Bearer " .. os.getenv("TOKEN"),
  ["Content-Type"] = "application/json",
}

-- How many assignments of a thread are there at once.
local KEPT = 200

local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

local count, written = 0, 0
local roles, scope = {}, ""

function init()
  for line in io.lines(os.getenv("ROLES")) do roles[#roles + 1] = line end
  -- Each thread writes where no other does.
  local groups = { "rg-app", "rg-registry" }
  scope = subscription .. "/resourceGroups/" .. groups[id % 2 + 1]
end

local function assignment(place)
  local name = string.format("%08x-0000-4000-8000-%012x", id, place % #roles)
  return scope .. "/providers/Microsoft.Authorization/roleAssignments/" .. name
    .. "?api-version=2022-04-01"
end

local function write()
  local body = string.format(
    '{"properties":{"principalId":"%s","principalType":"Group","roleDefinitionId":"%s/roleDefinitions/%s"}}',
    platform, authorization, roles[written % #roles + 1])
  local path = assignment(written)
  written = written + 1
  return wrk.format("PUT", path, headers, body)
end

local reads = {
  authorization .. "/roleDefinitions/" .. reader .. "?api-version=2022-04-01",
  authorization .. "/roleAssignments?api-version=2022-04-01&$filter=principalId%20eq%20%27" .. admin .. "%27",
  authorization .. "/roleAssignmentScheduleInstances?api-version=2020-10-01&$filter=asTarget()",
  authorization .. "/roleEligibilitySchedules?api-version=2020-10-01&$filter=asTarget()",
  authorization .. "/roleManagementPolicyAssignments?api-version=2020-10-01&$filter=roleDefinitionId%20eq%20%27" .. authorization .. "/roleDefinitions/" .. reader .. "%27",
  authorization .. "/roleAssignmentScheduleRequests?api-version=2020-10-01&$filter=asRequestor()",
  subscription .. "/resourcegroups?api-version=2021-04-01",
  authorization .. "/roleAssignments?api-version=2022-04-01&$filter=atScope()",
}

-- PACE is how many milliseconds a connection waits before it asks again; without it, none.
local pace = tonumber(os.getenv("PACE") or "0")
if pace > 0 then
  function delay() return pace end
end

function request()
  count = count + 1
  local turn = count % 10
  if turn == 0 then return write() end
  if turn == 5 then
    if written <= KEPT then return write() end
    return wrk.format("DELETE", assignment(written - KEPT), headers)
  end
  local place = turn < 5 and turn or turn - 1
  return wrk.format("GET", reads[place], headers)
end

function done(summary, latency, _)
  local seconds = summary.duration / 1000000
  io.write(string.format("requests_per_second %.0f\n", summary.requests / seconds))
  io.write(string.format("p50_ms %.2f\n", latency:percentile(50) / 1000))
  io.write(string.format("p99_ms %.2f\n", latency:percentile(99) / 1000))
  io.write(string.format("refused %d\n", summary.errors.status))
  io.write(string.format("broken %d\n",
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
