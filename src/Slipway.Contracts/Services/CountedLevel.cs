using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>How bad a line of output has to say it is to be counted.</summary>
[JsonConverter(typeof(CamelCaseEnum<CountedLevel>))]
public enum CountedLevel
{
    /// <summary>Warnings and errors.</summary>
    Warning,

    /// <summary>Errors.</summary>
    Error,
}
