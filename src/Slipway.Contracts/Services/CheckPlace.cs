using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>Where a command of a check runs.</summary>
[JsonConverter(typeof(CamelCaseEnum<CheckPlace>))]
public enum CheckPlace
{
    /// <summary>On the server, where it allows it.</summary>
    Server,

    /// <summary>On the first instance that the deployment has changed, in the order of names.</summary>
    Instance,

    /// <summary>On every instance that the deployment has changed so far.</summary>
    Instances,
}
