using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Slipway.Server.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "verdict_series",
                columns: table => new
                {
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    SavedAt = table.Column<long>(type: "bigint", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdict_series", x => x.Deployment);
                });

            migrationBuilder.CreateTable(
                name: "verdicts",
                columns: table => new
                {
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Open = table.Column<bool>(type: "boolean", nullable: false),
                    JudgedAt = table.Column<long>(type: "bigint", nullable: false),
                    Question = table.Column<string>(type: "text", nullable: false),
                    View = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verdicts", x => x.Deployment);
                });

            migrationBuilder.CreateIndex(
                name: "IX_verdict_series_Service_Environment_SavedAt",
                table: "verdict_series",
                columns: new[] { "Service", "Environment", "SavedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_verdicts_Open",
                table: "verdicts",
                column: "Open");

            migrationBuilder.CreateIndex(
                name: "IX_verdicts_Service_Environment_JudgedAt",
                table: "verdicts",
                columns: new[] { "Service", "Environment", "JudgedAt" });

            migrationBuilder.CreateTable(
                name: "artifact_parts",
                columns: table => new
                {
                    Digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Index = table.Column<int>(type: "integer", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_artifact_parts", x => new { x.Digest, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "artifact_references",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Location = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Recipe = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_artifact_references", x => new { x.Service, x.Version, x.Kind, x.Location, x.Recipe });
                });

            migrationBuilder.CreateTable(
                name: "artifacts",
                columns: table => new
                {
                    Digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    LastUsedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_artifacts", x => x.Digest);
                });

            migrationBuilder.CreateTable(
                name: "assignments",
                columns: table => new
                {
                    Instance = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    ConfigRevision = table.Column<int>(type: "integer", nullable: false),
                    Generation = table.Column<long>(type: "bigint", nullable: false),
                    RestartGeneration = table.Column<long>(type: "bigint", nullable: false),
                    Cause = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Member = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_assignments", x => new { x.Instance, x.Service });
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Time = table.Column<long>(type: "bigint", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RemoteAddress = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "config_revisions",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Values = table.Column<string>(type: "text", nullable: false),
                    EncryptedSecrets = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_revisions", x => new { x.Service, x.Environment, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Values = table.Column<string>(type: "text", nullable: false),
                    EncryptedSecrets = table.Column<string>(type: "text", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_connections", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "deployment_events",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Time = table.Column<long>(type: "bigint", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Message = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Fact = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deployment_events", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "deployment_instances",
                columns: table => new
                {
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Instance = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    Progress = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deployment_instances", x => new { x.Deployment, x.Instance });
                });

            migrationBuilder.CreateTable(
                name: "deployments",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    ConfigRevision = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: true),
                    FinishedAt = table.Column<long>(type: "bigint", nullable: true),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Order = table.Column<long>(type: "bigint", nullable: false),
                    View = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deployments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "environments",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Order = table.Column<int>(type: "integer", nullable: false),
                    Confirm = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_environments", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    TokenId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Page = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedBy = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AnsweredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AnsweredAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feedback", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Request = table.Column<byte[]>(type: "bytea", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Location = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => new { x.Actor, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    ServerId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_installation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "instance_status",
                columns: table => new
                {
                    Instance = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Status = table.Column<byte[]>(type: "bytea", nullable: false),
                    Prepare = table.Column<byte[]>(type: "bytea", nullable: true),
                    RunningVersion = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    State = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instance_status", x => new { x.Instance, x.Service });
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Labels = table.Column<string>(type: "text", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    AgentVersion = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    JoinedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastSeenAt = table.Column<long>(type: "bigint", nullable: true),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true),
                    Node = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Transport = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    QueueUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SubscriptionArn = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    OwnQueue = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "join_tokens",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: true, collation: "C"),
                    UsesLeft = table.Column<int>(type: "integer", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_join_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "keys",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keys", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    Silo = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    HostName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Suspicions = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    AliveAt = table.Column<long>(type: "bigint", nullable: false),
                    Beat = table.Column<long>(type: "bigint", nullable: false),
                    Stamp = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.Silo);
                });

            migrationBuilder.CreateTable(
                name: "nodes_version",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes_version", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "service_definitions",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    Definition = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_service_definitions", x => new { x.Service, x.Revision });
                });

            migrationBuilder.CreateTable(
                name: "services",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_services", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "target_observations",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Seen = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_target_observations", x => new { x.Service, x.Environment });
                });

            migrationBuilder.CreateTable(
                name: "targets",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Environment = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    ConfigRevision = table.Column<int>(type: "integer", nullable: false),
                    PreviousVersion = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    PreviousConfigRevision = table.Column<int>(type: "integer", nullable: false),
                    DeployedAt = table.Column<long>(type: "bigint", nullable: true),
                    DeployedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Deployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true, collation: "C"),
                    RunningDeployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true, collation: "C"),
                    QueuedDeployment = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true, collation: "C"),
                    Hold = table.Column<string>(type: "text", nullable: true),
                    AutoDeployBranch = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Stamp = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_targets", x => new { x.Service, x.Environment });
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    Scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Services = table.Column<string>(type: "text", nullable: true),
                    Environments = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    LastUsedAt = table.Column<long>(type: "bigint", nullable: true),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_uploads", x => x.Sha256);
                });

            migrationBuilder.CreateTable(
                name: "versions",
                columns: table => new
                {
                    Service = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    CommitsSoFar = table.Column<int>(type: "integer", nullable: false),
                    Commits = table.Column<string>(type: "text", nullable: false),
                    Artifact = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    ArtifactSize = table.Column<long>(type: "bigint", nullable: false),
                    Format = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FileName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DefinitionRevision = table.Column<int>(type: "integer", nullable: false),
                    Commit = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Branch = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    BuildUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    CreatedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    BadBecause = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FollowUpDue = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_versions", x => new { x.Service, x.Version });
                });

            migrationBuilder.CreateIndex(
                name: "IX_artifact_references_Service_Value",
                table: "artifact_references",
                columns: new[] { "Service", "Value" });

            migrationBuilder.CreateIndex(
                name: "IX_assignments_Service_Environment",
                table: "assignments",
                columns: new[] { "Service", "Environment" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_Actor",
                table: "audit",
                column: "Actor");

            migrationBuilder.CreateIndex(
                name: "IX_audit_Time",
                table: "audit",
                column: "Time");

            migrationBuilder.CreateIndex(
                name: "IX_deployment_events_Deployment_Sequence",
                table: "deployment_events",
                columns: new[] { "Deployment", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deployment_instances_Deployment_Revision",
                table: "deployment_instances",
                columns: new[] { "Deployment", "Revision" });

            migrationBuilder.CreateIndex(
                name: "IX_deployments_CreatedBy_Order",
                table: "deployments",
                columns: new[] { "CreatedBy", "Order" });

            migrationBuilder.CreateIndex(
                name: "IX_deployments_Order",
                table: "deployments",
                column: "Order");

            migrationBuilder.CreateIndex(
                name: "IX_deployments_Service_Environment_CreatedAt",
                table: "deployments",
                columns: new[] { "Service", "Environment", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_deployments_Status",
                table: "deployments",
                column: "Status");

            migrationBuilder.CreateIndex(
                name: "IX_feedback_CreatedAt",
                table: "feedback",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_feedback_TokenId_CreatedAt",
                table: "feedback",
                columns: new[] { "TokenId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_instances_Environment",
                table: "instances",
                column: "Environment");

            migrationBuilder.CreateIndex(
                name: "IX_instances_Number",
                table: "instances",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_targets_AutoDeployBranch",
                table: "targets",
                column: "AutoDeployBranch");

            migrationBuilder.CreateIndex(
                name: "IX_versions_Artifact",
                table: "versions",
                column: "Artifact");

            migrationBuilder.CreateIndex(
                name: "IX_versions_FollowUpDue",
                table: "versions",
                column: "FollowUpDue");

            migrationBuilder.CreateIndex(
                name: "IX_versions_Service_CreatedAt",
                table: "versions",
                columns: new[] { "Service", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_versions_Service_Number",
                table: "versions",
                columns: new[] { "Service", "Number" },
                unique: true,
                filter: "\"Number\" > 0");

            foreach (var trigger in BulletinTriggers.Create())
                migrationBuilder.Sql(trigger);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "verdict_series");

            migrationBuilder.DropTable(
                name: "verdicts");

            migrationBuilder.DropTable(
                name: "artifact_parts");

            migrationBuilder.DropTable(
                name: "artifact_references");

            migrationBuilder.DropTable(
                name: "artifacts");

            migrationBuilder.DropTable(
                name: "assignments");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "config_revisions");

            migrationBuilder.DropTable(
                name: "connections");

            migrationBuilder.DropTable(
                name: "deployment_events");

            migrationBuilder.DropTable(
                name: "deployment_instances");

            migrationBuilder.DropTable(
                name: "deployments");

            migrationBuilder.DropTable(
                name: "environments");

            migrationBuilder.DropTable(
                name: "feedback");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "instance_status");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "join_tokens");

            migrationBuilder.DropTable(
                name: "keys");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "nodes_version");

            migrationBuilder.DropTable(
                name: "service_definitions");

            migrationBuilder.DropTable(
                name: "services");

            migrationBuilder.DropTable(
                name: "target_observations");

            migrationBuilder.DropTable(
                name: "targets");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropTable(
                name: "versions");
        }
    }
}
