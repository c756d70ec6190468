using System.Text;

namespace Slipway.Aws.Notifications;

/// <summary>One message for a topic.</summary>
public sealed record TopicMessage(string Body, IReadOnlyList<TopicAttribute> Attributes)
{
    /// <summary>What counts towards <see cref="SnsClient.MostBytes"/>.</summary>
    public int Bytes { get; } = Encoding.UTF8.GetByteCount(Body)
        + Attributes.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Name) + attribute.Type.Length + Encoding.UTF8.GetByteCount(attribute.Value));
}
