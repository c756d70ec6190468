variable "name" {
  description = "What the names of everything begin with; topics are called NAME-ENVIRONMENT."
  type        = string
  default     = "slipway"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "The name is 1 to 40 letters, digits, _ and -."
  }
}

variable "environments" {
  description = "The environments, as they are called in Slipway. Each has a topic, and a role for its agents."
  type        = set(string)

  validation {
    condition     = length(var.environments) > 0 && alltrue([for name in var.environments : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", name))])
    error_message = "Name at least one environment: 1 to 63 lower-case letters, digits and dashes, beginning with a letter, not ending with a dash."
  }
}

variable "queue_prefix" {
  description = "Queues are called QUEUE_PREFIX_ENVIRONMENT_INSTANCE. Default: the name."
  type        = string
  default     = null

  validation {
    condition     = var.queue_prefix == null || can(regex("^[A-Za-z0-9_-]{1,40}$", var.queue_prefix))
    error_message = "The queue prefix is 1 to 40 letters, digits, _ and -."
  }
}

variable "agents_make_queues" {
  description = "Whether agents may make, set up and delete their own queues. False: they use those of given_queues, and may do none of it."
  type        = bool
  default     = true
}

variable "given_queues" {
  description = "Queues that Terraform makes: environment => names of instances. Needed where agents_make_queues is false."
  type        = map(set(string))
  default     = {}

  validation {
    condition     = alltrue([for name in flatten([for names in values(var.given_queues) : tolist(names)]) : can(regex("^[A-Za-z0-9_-]{1,79}$", name))])
    error_message = "The name of a queue has letters, digits, _ and - only."
  }
}

variable "message_retention" {
  description = "Seconds that given queues keep a message for an instance that is away, 60 to 1209600 (14 days). An agent that comes back later asks the server."
  type        = number
  default     = 345600

  validation {
    condition     = var.message_retention >= 60 && var.message_retention <= 1209600
    error_message = "SQS keeps messages for 60 to 1209600 seconds."
  }
}

variable "dead_letters" {
  description = "Whether there is a queue, kept for 14 days, for messages that an agent could not understand five times. False: they are dropped and logged."
  type        = bool
  default     = true
}

variable "create_bucket" {
  description = "Whether to make the bucket for artifacts. False: the bucket named by `bucket` exists already; without a name, artifacts stay on the server."
  type        = bool
  default     = true
}

variable "bucket" {
  description = "The name of the bucket for artifacts. Default: one is generated."
  type        = string
  default     = null

  validation {
    condition     = var.bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "A bucket's name is 3 to 63 lower-case letters, digits, . and -."
  }
}

variable "artifact_prefix" {
  description = "What the keys of artifacts begin with."
  type        = string
  default     = "artifacts/"

  validation {
    condition     = can(regex("^([A-Za-z0-9._-][A-Za-z0-9/._-]{0,199})?$", var.artifact_prefix))
    error_message = "The prefix is up to 200 letters, digits and / . _ -, not beginning with /."
  }
}

variable "bucket_versioning" {
  description = "Whether S3 keeps what is deleted or overwritten for another 30 days. Artifacts never change, so this only guards against deletion."
  type        = bool
  default     = false
}

variable "bucket_force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket that still has artifacts in it."
  type        = bool
  default     = false
}

variable "kms_key_arn" {
  description = "A customer key for topics, the queues made here and the bucket. Its policy must have the statement of the output kms_key_statement. Default: keys that AWS manages."
  type        = string
  default     = null
}

variable "create_roles" {
  description = "Whether to make roles with instance profiles. False: the policies are only attached to server_role_arns and agent_role_arns."
  type        = bool
  default     = true
}

variable "server_role_arns" {
  description = "Roles that exist already and get the server's policy."
  type        = list(string)
  default     = []
}

variable "agent_role_arns" {
  description = "Roles that exist already and get the agents' policy: environment => roles."
  type        = map(list(string))
  default     = {}
}

variable "server_trust_policy" {
  description = "Who may take the server's role, as a policy in JSON (for ECS, EKS). Default: EC2 instances."
  type        = string
  default     = null
}

variable "server_may_create_topics" {
  description = "Whether the server may make topics for environments that are not named here. Agents there need a policy of their own."
  type        = bool
  default     = false
}

variable "permissions_boundary" {
  description = "The ARN of a permissions boundary for the roles made here. Default: none."
  type        = string
  default     = null
}

variable "iam_path" {
  description = "The path of roles, instance profiles and policies."
  type        = string
  default     = "/"
}

variable "tags" {
  description = "Tags of everything that can have some."
  type        = map(string)
  default     = {}
}
