using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Agent.Convergence;
using Slipway.Agent.Preparing;
using Slipway.Agent.Queue;

namespace Slipway.Agent.Identity;

/// <summary>The files the agent keeps for itself. Readable by a person who looks for the cause of something.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentIdentity))]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(QueuePlace))]
[JsonSerializable(typeof(ReadyMarker))]
internal sealed partial class AgentFilesJson : JsonSerializerContext;
