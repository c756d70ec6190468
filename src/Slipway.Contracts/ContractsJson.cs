using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Contracts.Access;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Changes;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Connections;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Feedback;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Contracts.Verdicts;
using Slipway.Contracts.Versions;

namespace Slipway.Contracts;

/// <summary>How everything is written as JSON, on the server, in the clients and in the database. Generated code, so that it works without reflection.</summary>
/// <remarks>
/// A property with a default is <c>set</c>, not <c>init</c>: generated code assigns every <c>init</c> property in the object's initializer, with default(T)
/// where the JSON does not mention it, and so loses what the record says.
/// </remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(AgentCheck))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(SecretValues))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Page<Service>))]
[JsonSerializable(typeof(ServiceApplied))]
[JsonSerializable(typeof(ServiceDefinition))]
[JsonSerializable(typeof(SlipwayEnvironment))]
[JsonSerializable(typeof(Page<SlipwayEnvironment>))]
[JsonSerializable(typeof(PutEnvironment))]
[JsonSerializable(typeof(Target))]
[JsonSerializable(typeof(Page<Target>))]
[JsonSerializable(typeof(PlaceHold))]
[JsonSerializable(typeof(Hold))]
[JsonSerializable(typeof(AutoDeploy))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(RestartRequest))]
[JsonSerializable(typeof(ConfigRevision))]
[JsonSerializable(typeof(Page<ConfigRevision>))]
[JsonSerializable(typeof(CreateConfigRevision))]
[JsonSerializable(typeof(ServiceVersion))]
[JsonSerializable(typeof(Page<ServiceVersion>))]
[JsonSerializable(typeof(PublishVersion))]
[JsonSerializable(typeof(VersionComparison))]
[JsonSerializable(typeof(IReadOnlyList<Commit>))]
[JsonSerializable(typeof(StartUpload))]
[JsonSerializable(typeof(Upload))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(DeploymentRequest))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(Page<Deployment>))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ApprovalRequest))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(StageShown))]
[JsonSerializable(typeof(IReadOnlyList<ArtifactReference>))]
[JsonSerializable(typeof(InstanceGroups))]
[JsonSerializable(typeof(Connection))]
[JsonSerializable(typeof(Page<Connection>))]
[JsonSerializable(typeof(PutConnection))]
[JsonSerializable(typeof(ConnectionDiagnosis))]
[JsonSerializable(typeof(Page<ConnectionType>))]
[JsonSerializable(typeof(DeploymentVerdict))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(DeploymentEvent))]
[JsonSerializable(typeof(Page<DeploymentEvent>))]
[JsonSerializable(typeof(InstanceProgress))]
[JsonSerializable(typeof(IReadOnlyList<InstanceProgress>))]
[JsonSerializable(typeof(Page<InstanceProgress>))]
[JsonSerializable(typeof(Strategy))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(Page<Instance>))]
[JsonSerializable(typeof(InstanceSummary))]
[JsonSerializable(typeof(PatchInstance))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(Token))]
[JsonSerializable(typeof(Page<Token>))]
[JsonSerializable(typeof(CreateToken))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(CreateJoinToken))]
[JsonSerializable(typeof(JoinTokenCreated))]
[JsonSerializable(typeof(JoinTokenInfo))]
[JsonSerializable(typeof(Page<JoinTokenInfo>))]
[JsonSerializable(typeof(BeginSession))]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(Feedback.Feedback))]
[JsonSerializable(typeof(Page<Feedback.Feedback>))]
[JsonSerializable(typeof(SendFeedback))]
[JsonSerializable(typeof(AnswerFeedback))]
[JsonSerializable(typeof(ChangeMessage))]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<ServiceName>))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentName>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
public sealed partial class ContractsJson : JsonSerializerContext;
