using Slipway.Aws;

namespace Slipway.Agent.Doctor;

/// <summary>Finds out whether AWS lets the agent do one thing, by doing it or something that needs the same permission and changes nothing.</summary>
internal static class Permissions
{
    /// <param name="action">As policies name it, for example <c>sqs:ReceiveMessage</c>.</param>
    /// <param name="attempt">Returns what there is to say when it works.</param>
    /// <param name="isHarmless">A refusal that shows that the permission is there.</param>
    public static async Task<Finding> TryAsync(string action, string resource, Func<Task<string>> attempt, Func<AwsException, bool>? isHarmless = null)
    {
        try
        {
            return Finding.Well(action, await attempt());
        }
        catch (Exception e) when (AwsException.Of(e) is not null)
        {
            var refusal = AwsException.Of(e)!;
            return refusal switch
            {
                { IsDenied: true } => Finding.Ill(action, $"denied ({refusal.Code})", Statement(action, resource)),
                _ when isHarmless?.Invoke(refusal) == true => Finding.Well(action, "allowed"),
                { IsMissing: true } => Finding.Ill(action, $"{resource} is not there", null),
                _ => Finding.Ill(action, $"{refusal.Message} ({refusal.Code})", null),
            };
        }
    }

    /// <summary>What to add to the policy of the agents' role.</summary>
    private static string Statement(string action, string resource) =>
        $$"""Add to the role's policy: { "Effect": "Allow", "Action": "{{action}}", "Resource": "{{resource}}" }""";
}
