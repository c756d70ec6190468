# The underscores keep it out of every pattern PREFIX-ENVIRONMENT-*: agents can not touch it.
# It has no redrive allow policy: that can name ten queues at most, and no pattern, so it could not name those that agents make.
resource "aws_sqs_queue" "dead_letters" {
  count = var.dead_letters ? 1 : 0

  name                      = "${local.queue_prefix}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue" "given" {
  for_each = local.given_queues

  name                      = each.value.name
  message_retention_seconds = var.message_retention
  receive_wait_time_seconds = 20
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  policy                    = data.aws_iam_policy_document.given_queue[each.key].json
  redrive_policy            = var.dead_letters ? jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters[0].arn, maxReceiveCount = 5 }) : null
  tags                      = merge(var.tags, { "slipway:environment" = each.value.environment })

  lifecycle {
    precondition {
      condition     = contains(var.environments, each.value.environment)
      error_message = "given_queues names the environment ${each.value.environment}, which environments does not."
    }
    precondition {
      condition     = length(each.value.name) <= 80
      error_message = "The name of a queue has at most 80 characters; ${each.value.name} has more."
    }
  }
}

data "aws_iam_policy_document" "given_queue" {
  for_each = local.given_queues

  statement {
    sid       = "TheTopicSends"
    actions   = ["sqs:SendMessage"]
    resources = ["${local.sqs}:${each.value.name}"]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["${local.sns}:${var.name}-${each.value.environment}"]
    }
  }
}
