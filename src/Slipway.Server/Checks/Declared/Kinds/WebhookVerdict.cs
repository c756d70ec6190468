using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>What another system says.</summary>
internal sealed record WebhookVerdict(bool Passes, string? Reason)
{
    /// <summary>Null: the answer to the POST is no verdict, so it comes later.</summary>
    public static WebhookVerdict? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractsJson.Default.CheckAnswer) is { } answer ? new(answer.Verdict == CheckVerdict.Pass, answer.Reason) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
