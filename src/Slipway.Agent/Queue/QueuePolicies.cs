using System.Text.Json.Nodes;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Queue;

/// <summary>The documents that say who may send to the queue, what becomes of messages nobody understands, and which messages come at all.</summary>
internal static class QueuePolicies
{
    /// <summary>Times a message is taken from the queue before it counts as one that nobody will ever understand.</summary>
    public const int MostAttempts = 5;

    /// <summary>Only SNS, and only for this topic.</summary>
    public static string Access(string queueArn, string topicArn) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
            ["Action"] = "sqs:SendMessage",
            ["Resource"] = queueArn,
            ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = topicArn } },
        }),
    }.ToJsonString();

    public static string Redrive(string deadLetterQueueArn) => new JsonObject
    {
        ["deadLetterTargetArn"] = deadLetterQueueArn,
        ["maxReceiveCount"] = MostAttempts.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.ToJsonString();

    /// <summary>
    /// Messages whose range of instances has this one in it, and that speak of a service it runs (or of none in particular). At most 51 × 1 × 1
    /// combinations, of the 150 that SNS takes.
    /// </summary>
    public static string Filter(uint number, IEnumerable<string> services) => new JsonObject
    {
        [BroadcastAttributes.Service] = new JsonArray([.. services.Prepend("*").Order(StringComparer.Ordinal).Select(service => JsonValue.Create(service))]),
        [BroadcastAttributes.First] = Number("<=", number),
        [BroadcastAttributes.Last] = Number(">=", number),
    }.ToJsonString();

    private static JsonArray Number(string comparison, uint number) =>
        new(new JsonObject { ["numeric"] = new JsonArray(JsonValue.Create(comparison), JsonValue.Create(number)) });
}
