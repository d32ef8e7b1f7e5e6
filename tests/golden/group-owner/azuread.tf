# Gives 22222222-2222-2222-2222-222222222222 active ownership of group
# 33333333-3333-3333-3333-333333333333, for 30 days.
# The first request brings the group under PIM, which cannot be taken back.
# A second apply changes nothing.
resource "azuread_privileged_access_group_assignment_schedule" "active" {
  group_id        = "33333333-3333-3333-3333-333333333333"
  principal_id    = "22222222-2222-2222-2222-222222222222"
  assignment_type = "owner"
  justification   = "CHG-5678: joins the platform team"
  duration        = "P30D"
}
