using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>What a deployment does after a batch while its verdict is inconclusive.</summary>
[JsonConverter(typeof(CamelCaseEnum<WhenInconclusive>))]
public enum WhenInconclusive
{
    /// <summary>It goes on at once, and is judged while it does.</summary>
    Continue,

    /// <summary>It waits for an answer as long as its patience lasts, then goes on.</summary>
    Wait,

    /// <summary>It waits for an answer as long as its patience lasts, then it is taken back.</summary>
    Fail,
}
