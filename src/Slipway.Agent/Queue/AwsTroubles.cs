using Slipway.Aws;

namespace Slipway.Agent.Queue;

/// <summary>What went wrong between the agent and AWS, as a sentence for a person.</summary>
internal static class AwsTroubles
{
    public static string Explain(Exception exception) => AwsException.Of(exception) switch
    {
        { Code: "NoCredentials" } none => none.Message,
        { IsClock: true } clock => $"AWS does not accept this machine's clock: {clock.Message}",
        { IsDenied: true } denied => $"AWS refuses ({denied.Code}): {denied.Message} Run slipway-agent doctor to see which permission is missing.",
        { IsMissing: true } => "The queue or the topic is not there any more.",
        { Code: "Unreachable" } away => $"AWS cannot be reached: {away.Message}",
        { } other => $"AWS refuses ({other.Code}): {other.Message}",
        null => exception.Message,
    };
}
