locals {
  server_topics = var.server_may_create_topics ? ["${local.sns}:${var.name}-*"] : [for arn in local.topic_arns : arn]
}

data "aws_iam_policy_document" "server" {
  dynamic "statement" {
    for_each = var.server_may_create_topics ? [1] : []
    content {
      sid       = "MakeTopics"
      actions   = ["sns:CreateTopic"]
      resources = local.server_topics
    }
  }

  statement {
    sid       = "Publish"
    actions   = ["sns:GetTopicAttributes", "sns:Publish"]
    resources = local.server_topics
  }

  # After an instance whose agent is gone. SNS checks these against the topic; the subscription's own ARN is there in case it ever does otherwise.
  statement {
    sid       = "ClearSubscriptions"
    actions   = ["sns:Unsubscribe"]
    resources = concat(local.server_topics, [for arn in local.server_topics : "${arn}:*"])
  }

  dynamic "statement" {
    for_each = var.agents_make_queues ? [1] : []
    content {
      sid       = "ClearQueues"
      actions   = ["sqs:DeleteQueue"]
      resources = [for arn in local.queue_patterns : arn]
    }
  }

  dynamic "statement" {
    for_each = local.has_bucket ? [1] : []
    content {
      sid       = "KeepArtifacts"
      actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
      resources = ["${local.bucket_arn}/${var.artifact_prefix}*"]
    }
  }

  # Without it S3 says "forbidden" of what is merely missing.
  dynamic "statement" {
    for_each = local.has_bucket ? [1] : []
    content {
      sid       = "ListArtifacts"
      actions   = ["s3:ListBucket"]
      resources = [local.bucket_arn]
      condition {
        test     = "StringLike"
        variable = "s3:prefix"
        values   = ["${var.artifact_prefix}*"]
      }
    }
  }

  # S3 knows no condition on prefixes for this one.
  dynamic "statement" {
    for_each = local.has_bucket ? [1] : []
    content {
      sid       = "ListUnfinishedUploads"
      actions   = ["s3:ListBucketMultipartUploads"]
      resources = [local.bucket_arn]
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [1]
    content {
      sid       = "UseTheKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key_arn]
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "sns.${local.region}.amazonaws.com"]
      }
    }
  }
}
