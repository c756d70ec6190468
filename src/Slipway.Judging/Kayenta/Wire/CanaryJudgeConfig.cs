using System.Text.Json;

namespace Slipway.Judging.Kayenta.Wire;

/// <summary>Which judge a canary config asks for.</summary>
public sealed record CanaryJudgeConfig
{
    /// <summary>The judge's name, such as <c>NetflixACAJudge-v1.0</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Whatever the judge understands.</summary>
    public IReadOnlyDictionary<string, JsonElement>? JudgeConfigurations { get; init; }
}
