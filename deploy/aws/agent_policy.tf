data "aws_iam_policy_document" "agent" {
  for_each = var.environments

  dynamic "statement" {
    for_each = var.agents_make_queues ? [1] : []
    content {
      sid       = "MakeItsQueue"
      actions   = ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue"]
      resources = [local.queue_patterns[each.key]]
    }
  }

  dynamic "statement" {
    for_each = var.agents_make_queues || length(local.given_queue_arns[each.key]) > 0 ? [1] : []
    content {
      sid       = "Receive"
      actions   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]
      resources = var.agents_make_queues ? [local.queue_patterns[each.key]] : local.given_queue_arns[each.key]
    }
  }

  statement {
    sid       = "Subscribe"
    actions   = ["sns:Subscribe"]
    resources = [local.topic_arns[each.key]]
    condition {
      test     = "StringEquals"
      variable = "sns:Protocol"
      values   = ["sqs"]
    }
    condition {
      test     = "StringLike"
      variable = "sns:Endpoint"
      values   = [local.queue_patterns[each.key]]
    }
  }

  # SNS checks these against the topic; the subscription's own ARN is there in case it ever does otherwise.
  statement {
    sid       = "CareForItsSubscription"
    actions   = ["sns:GetSubscriptionAttributes", "sns:ListSubscriptionsByTopic", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"]
    resources = [local.topic_arns[each.key], "${local.topic_arns[each.key]}:*"]
  }

  dynamic "statement" {
    for_each = local.has_bucket ? [1] : []
    content {
      sid       = "GetArtifacts"
      actions   = ["s3:GetObject"]
      resources = ["${local.bucket_arn}/${var.artifact_prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [1]
    content {
      sid       = "ReadWithTheKey"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "sqs.${local.region}.amazonaws.com"]
      }
    }
  }
}
