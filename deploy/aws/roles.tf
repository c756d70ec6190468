locals {
  given_agent_roles = merge([
    for environment, arns in var.agent_role_arns : {
      for number, arn in arns : "${environment}/${number}" => { environment = environment, arn = arn }
    }
  ]...)

  server_principals = concat(aws_iam_role.server[*].arn, var.server_role_arns)
  agent_principals = {
    for environment in var.environments : environment => concat(
      [for role in [lookup(aws_iam_role.agent, environment, null)] : role.arn if role != null],
      lookup(var.agent_role_arns, environment, []),
    )
  }
}

data "aws_iam_policy_document" "ec2" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "server" {
  name        = "${var.name}-server"
  path        = var.iam_path
  description = "What the Slipway server does in AWS."
  policy      = data.aws_iam_policy_document.server.json
  tags        = var.tags
}

resource "aws_iam_policy" "agent" {
  for_each = var.environments

  name        = "${var.name}-agent-${each.key}"
  path        = var.iam_path
  description = "What Slipway agents in ${each.key} do in AWS."
  policy      = data.aws_iam_policy_document.agent[each.key].json
  tags        = var.tags
}

resource "aws_iam_role" "server" {
  count = var.create_roles ? 1 : 0

  name                 = "${var.name}-server"
  path                 = var.iam_path
  assume_role_policy   = coalesce(var.server_trust_policy, data.aws_iam_policy_document.ec2.json)
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role" "agent" {
  for_each = var.create_roles ? var.environments : toset([])

  name                 = "${var.name}-agent-${each.key}"
  path                 = var.iam_path
  assume_role_policy   = data.aws_iam_policy_document.ec2.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length("${var.name}-agent-${each.key}") <= 64
      error_message = "The name of a role has at most 64 characters; ${var.name}-agent-${each.key} has more. Choose a shorter name, or give roles."
    }
  }
}

resource "aws_iam_instance_profile" "server" {
  count = var.create_roles ? 1 : 0

  name = aws_iam_role.server[0].name
  path = var.iam_path
  role = aws_iam_role.server[0].name
  tags = var.tags
}

resource "aws_iam_instance_profile" "agent" {
  for_each = aws_iam_role.agent

  name = each.value.name
  path = var.iam_path
  role = each.value.name
  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "server" {
  count = var.create_roles ? 1 : 0

  role       = aws_iam_role.server[0].name
  policy_arn = aws_iam_policy.server.arn
}

resource "aws_iam_role_policy_attachment" "agent" {
  for_each = aws_iam_role.agent

  role       = each.value.name
  policy_arn = aws_iam_policy.agent[each.key].arn
}

# A role's name is what stands after the last slash of its ARN.
resource "aws_iam_role_policy_attachment" "given_server" {
  count = length(var.server_role_arns)

  role       = reverse(split("/", var.server_role_arns[count.index]))[0]
  policy_arn = aws_iam_policy.server.arn
}

resource "aws_iam_role_policy_attachment" "given_agent" {
  for_each = local.given_agent_roles

  role       = reverse(split("/", each.value.arn))[0]
  policy_arn = aws_iam_policy.agent[each.value.environment].arn
}
