using System.Text.Json.Serialization;

namespace Slipway.Contracts.Verdicts;

/// <summary>The answer to a question about health.</summary>
[JsonConverter(typeof(CamelCaseEnum<Answer>))]
public enum Answer
{
    /// <summary>Too little is known yet.</summary>
    Inconclusive,

    /// <summary>Whatever would matter has been ruled out.</summary>
    Pass,

    /// <summary>It is worse, beyond chance and beyond what would not matter.</summary>
    Fail,
}
