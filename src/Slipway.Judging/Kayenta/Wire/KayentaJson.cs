using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Judging.Kayenta.Wire;

/// <summary>JSON as Kayenta reads and writes it: unknown fields pass, NaN is the text "NaN", null is left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(RemoteJudgeRequest))]
[JsonSerializable(typeof(CanaryJudgeResult))]
[JsonSerializable(typeof(CanaryConfig))]
[JsonSerializable(typeof(CanaryMetricConfig))]
public sealed partial class KayentaJson : JsonSerializerContext;
