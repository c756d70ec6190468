data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  # Provider 6 has `region` for it, 5 had `name`; both have this.
  region = data.aws_region.current.id

  sns = "arn:${local.partition}:sns:${local.region}:${local.account}"
  sqs = "arn:${local.partition}:sqs:${local.region}:${local.account}"

  queue_prefix = coalesce(var.queue_prefix, var.name)
  # ARNs are written out where they are known before anything is made, so that a plan shows policies in full.
  topic_arns     = { for environment in var.environments : environment => "${local.sns}:${var.name}-${environment}" }
  queue_patterns = { for environment in var.environments : environment => "${local.sqs}:${local.queue_prefix}_${environment}_*" }

  given_queues = merge([
    for environment, instances in var.given_queues : {
      for instance in instances : "${environment}/${instance}" => { environment = environment, name = "${local.queue_prefix}_${environment}_${instance}" }
    }
  ]...)
  given_queue_arns = {
    for environment in var.environments : environment => [for queue in local.given_queues : "${local.sqs}:${queue.name}" if queue.environment == environment]
  }

  has_bucket  = var.create_bucket || var.bucket != null
  bucket_name = var.create_bucket ? one(aws_s3_bucket.artifacts[*].id) : var.bucket
  bucket_arn  = local.has_bucket ? "arn:${local.partition}:s3:::${local.bucket_name}" : null
}
