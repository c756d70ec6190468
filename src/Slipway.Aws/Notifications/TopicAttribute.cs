using System.Globalization;

namespace Slipway.Aws.Notifications;

/// <summary>What subscriptions filter by.</summary>
/// <param name="Type">String or Number.</param>
public sealed record TopicAttribute(string Name, string Type, string Value)
{
    public static TopicAttribute Of(string name, string value) => new(name, "String", value);

    public static TopicAttribute Of(string name, long value) => new(name, "Number", value.ToString(CultureInfo.InvariantCulture));
}
