using System.Text.Json;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Queue;

/// <summary>
/// queue.json: where this agent listens and whom it believes, as the server last said, and what it made of that. With it the agent listens also
/// after a restart at which the server cannot be reached.
/// </summary>
internal sealed record QueuePlace
{
    public required string Region { get; init; }

    public required string TopicArn { get; init; }

    public required string QueuePrefix { get; init; }

    /// <summary>Empty: there is none.</summary>
    public string DeadLetterQueueArn { get; init; } = "";

    /// <summary>What broadcasts call this instance.</summary>
    public required uint Number { get; init; }

    /// <summary>The server's public keys (base64 of DER SubjectPublicKeyInfo) by their ids.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Empty: there is no queue yet.</summary>
    public string QueueUrl { get; init; } = "";

    public string SubscriptionArn { get; init; } = "";

    /// <summary>The agent made the queue and deletes it when it leaves.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Null where the server has not said yet.</summary>
    public static QueuePlace? Load(DataFolder data) =>
        File.Exists(data.Queue) ? JsonSerializer.Deserialize(File.ReadAllBytes(data.Queue), AgentFilesJson.Default.QueuePlace) : null;

    public void Save(DataFolder data) => AtomicFile.Write(data.Queue, JsonSerializer.SerializeToUtf8Bytes(this, AgentFilesJson.Default.QueuePlace));
}
