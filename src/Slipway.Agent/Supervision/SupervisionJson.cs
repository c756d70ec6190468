using System.Text.Json.Serialization;

namespace Slipway.Agent.Supervision;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class SupervisionJson : JsonSerializerContext;
