using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>When a check is asked.</summary>
[JsonConverter(typeof(CamelCaseEnum<CheckMoment>))]
public enum CheckMoment
{
    /// <summary>Before the first instance is changed.</summary>
    Before,

    /// <summary>After every batch of instances that was changed.</summary>
    During,

    /// <summary>When everything has been changed.</summary>
    After,
}
