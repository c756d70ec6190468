using System.Security.Cryptography;
using System.Text;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Queue;

/// <summary>What an agent's queue is called. SQS takes up to 80 letters, digits, _ and -; instances may have longer names with dots in them.</summary>
internal static class QueueNames
{
    public const int Longest = 80;
    private const int HashLength = 8;

    /// <summary>
    /// prefix_environment_instance: environments have no underscore in their names, so no two instances share one. Where it had to be changed it
    /// ends with a hash of what it was.
    /// </summary>
    public static string Of(string prefix, AgentIdentity identity)
    {
        var plain = $"{prefix}_{identity.Environment}_{identity.Instance}";
        string allowed = new([.. plain.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')]);
        if (allowed == plain && plain.Length <= Longest)
            return plain;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)))[..HashLength];
        return $"{allowed[..Math.Min(allowed.Length, Longest - HashLength - 1)]}-{hash}";
    }

    /// <summary>arn:aws:sqs:region:account:name, in the topic's account and region.</summary>
    public static string ArnOf(string topicArn, string name)
    {
        var parts = topicArn.Split(':');
        return $"{parts[0]}:{parts[1]}:sqs:{parts[3]}:{parts[4]}:{name}";
    }
}
