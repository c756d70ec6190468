resource "aws_sns_topic" "environment" {
  for_each = var.environments

  name              = "${var.name}-${each.key}"
  kms_master_key_id = coalesce(var.kms_key_arn, "alias/aws/sns")
  tags              = var.tags
}

# What may be done comes from the policies of roles. This one takes it from everybody else, whatever their own policies say.
data "aws_iam_policy_document" "topic" {
  for_each = var.environments

  dynamic "statement" {
    for_each = length(local.server_principals) > 0 ? [1] : []
    content {
      sid       = "OnlyTheServerPublishes"
      effect    = "Deny"
      actions   = ["sns:Publish"]
      resources = [local.topic_arns[each.key]]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
      condition {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"
        values   = local.server_principals
      }
    }
  }

  dynamic "statement" {
    for_each = length(local.agent_principals[each.key]) > 0 ? [1] : []
    content {
      sid       = "OnlyAgentsSubscribe"
      effect    = "Deny"
      actions   = ["sns:Subscribe"]
      resources = [local.topic_arns[each.key]]
      principals {
        type        = "*"
        identifiers = ["*"]
      }
      condition {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"
        values   = local.agent_principals[each.key]
      }
    }
  }

  statement {
    sid       = "OnlyQueuesAreSubscribed"
    effect    = "Deny"
    actions   = ["sns:Subscribe"]
    resources = [local.topic_arns[each.key]]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "sns:Protocol"
      values   = ["sqs"]
    }
  }

  statement {
    sid       = "OnlyQueuesOfTheEnvironmentAreSubscribed"
    effect    = "Deny"
    actions   = ["sns:Subscribe"]
    resources = [local.topic_arns[each.key]]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotLike"
      variable = "sns:Endpoint"
      values   = [local.queue_patterns[each.key]]
    }
  }
}

resource "aws_sns_topic_policy" "environment" {
  for_each = var.environments

  arn    = aws_sns_topic.environment[each.key].arn
  policy = data.aws_iam_policy_document.topic[each.key].json
}
