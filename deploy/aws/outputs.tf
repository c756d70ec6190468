locals {
  dead_letter_queue_arn = one(aws_sqs_queue.dead_letters[*].arn)

  server_settings = merge(
    { for environment, topic in aws_sns_topic.environment : "Topics:${environment}" => topic.arn },
    { for key, value in {
      Region          = local.region
      Topic           = var.server_may_create_topics ? var.name : null
      QueuePrefix     = local.queue_prefix
      DeadLetterQueue = local.dead_letter_queue_arn
      Bucket          = local.has_bucket ? local.bucket_name : null
      BucketPrefix    = local.has_bucket ? var.artifact_prefix : null
    } : key => value if value != null },
  )
}

output "server_settings" {
  description = "The server's settings as environment variables, NAME => value."
  value       = { for key, value in local.server_settings : "Slipway__Aws__${replace(key, ":", "__")}" => value }
}

output "server_environment_file" {
  description = "The same as lines NAME=value. Shells and systemd refuse names with a dash: where an environment has one, use server_arguments."
  value       = join("\n", [for key, value in local.server_settings : "Slipway__Aws__${replace(key, ":", "__")}=${value}"])
}

output "server_arguments" {
  description = "The same as arguments of slipway-server."
  value       = [for key, value in local.server_settings : "--Slipway:Aws:${key}=${value}"]
}

output "join_commands" {
  description = "How an instance joins: environment => command line. SERVER, TOKEN and SERVICE are yours; `slipway agents token` prints the first two."
  value = {
    for environment in var.environments : environment =>
    "slipway-agent join --server SERVER --token TOKEN --environment ${environment} --service SERVICE --transport aws"
  }
}

output "topic_arns" {
  description = "The topics: environment => ARN."
  value       = { for environment, topic in aws_sns_topic.environment : environment => topic.arn }
}

output "dead_letter_queue_arn" {
  description = "The queue for messages that agents could not understand, or null."
  value       = local.dead_letter_queue_arn
}

output "given_queue_urls" {
  description = "The queues made for instances: ENVIRONMENT/INSTANCE => URL."
  value       = { for key, queue in aws_sqs_queue.given : key => queue.url }
}

output "bucket" {
  description = "The bucket for artifacts, or null."
  value       = local.bucket_name
}

output "server_policy" {
  description = "The server's policy, in JSON."
  value       = data.aws_iam_policy_document.server.json
}

output "server_policy_arn" {
  description = "The ARN of the server's policy."
  value       = aws_iam_policy.server.arn
}

output "server_role_arn" {
  description = "The role made for the server, or null."
  value       = one(aws_iam_role.server[*].arn)
}

output "server_instance_profile" {
  description = "The name of the instance profile made for the server, or null."
  value       = one(aws_iam_instance_profile.server[*].name)
}

output "agent_policies" {
  description = "The agents' policies: environment => JSON."
  value       = { for environment, document in data.aws_iam_policy_document.agent : environment => document.json }
}

output "agent_policy_arns" {
  description = "The agents' policies: environment => ARN."
  value       = { for environment, policy in aws_iam_policy.agent : environment => policy.arn }
}

output "agent_role_arns" {
  description = "The roles made for agents: environment => ARN."
  value       = { for environment, role in aws_iam_role.agent : environment => role.arn }
}

output "agent_instance_profiles" {
  description = "The names of the instance profiles made for agents: environment => name."
  value       = { for environment, profile in aws_iam_instance_profile.agent : environment => profile.name }
}

output "topic_policies" {
  description = "The topics' policies: environment => JSON."
  value       = { for environment, document in data.aws_iam_policy_document.topic : environment => document.json }
}

output "kms_key_statement" {
  description = "What the policy of a customer key must allow beside the account's own roles: SNS writing to encrypted queues. In JSON."
  value = jsonencode({
    Sid       = "SlipwayTopicsWriteToQueues"
    Effect    = "Allow"
    Principal = { Service = "sns.amazonaws.com" }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = "*"
    Condition = { ArnEquals = { "aws:SourceArn" = [for arn in local.topic_arns : arn] } }
  })
}
