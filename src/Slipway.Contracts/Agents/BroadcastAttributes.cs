namespace Slipway.Contracts.Agents;

/// <summary>Attributes of a topic's messages. The first three are what subscriptions filter by; nothing is believed because of an attribute.</summary>
public static class BroadcastAttributes
{
    /// <summary>The service that is spoken of, or <c>*</c>.</summary>
    public const string Service = "service";

    /// <summary>The lowest number of an instance that is meant.</summary>
    public const string First = "first";

    /// <summary>The highest number of an instance that is meant.</summary>
    public const string Last = "last";

    public const string LowestGeneration = "generationFrom";

    public const string HighestGeneration = "generationTo";
}
