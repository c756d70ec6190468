# Two environments, artifacts in S3, and a launch template for the instances of production.
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

variable "region" {
  description = "Where everything is made."
  type        = string
  default     = "eu-central-1"
}

provider "aws" {
  region = var.region
}

module "slipway" {
  source = "../.."

  name         = "slipway"
  environments = ["staging", "production"]
  tags         = { project = "slipway" }
}

# Add image, size, network and your own user data. The join token is a secret: let the instance fetch it, do not write it here.
resource "aws_launch_template" "production" {
  name_prefix = "slipway-production-"

  iam_instance_profile {
    name = module.slipway.agent_instance_profiles["production"]
  }

  # IMDSv2 only. An agent in a container needs a hop limit of 2.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }
}

output "server_environment_file" {
  description = "For the server: EnvironmentFile= of its unit."
  value       = module.slipway.server_environment_file
}

output "server_instance_profile" {
  description = "For the instance that the server runs on."
  value       = module.slipway.server_instance_profile
}

output "join_commands" {
  description = "For the instances."
  value       = module.slipway.join_commands
}
