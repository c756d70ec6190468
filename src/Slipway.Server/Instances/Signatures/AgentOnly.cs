using System.Security.Claims;
using Slipway.Contracts.Agents;
using Slipway.Server.Api;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Signatures;

/// <summary>Marks endpoints that only a joined instance may call, and lets nobody else pass.</summary>
internal sealed class AgentOnly
{
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AgentOnly>() is null)
        {
            await next(context);
            return;
        }

        var authenticator = context.RequestServices.GetRequiredService<AgentAuthenticator>();
        var outcome = authenticator.Authenticate(context.Request);
        if (!outcome.Is(out _, out var first) && await KnowsMoreAsync(context, first))
            outcome = authenticator.Authenticate(context.Request);

        if (!outcome.Is(out var instance, out var refusal))
        {
            await refusal.ToResult().ExecuteAsync(context);
            return;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, instance.Name.Value)], AgentSignature.Scheme, ClaimTypes.Name, null));
        context.Items[typeof(LiveInstance)] = instance;
        await next(context);
    }

    /// <summary>Another node may have let it join, or taken its new key, a moment ago.</summary>
    private static ValueTask<bool> KnowsMoreAsync(HttpContext context, Refusal refusal) =>
        refusal.Code is "agent_unknown" or "agent_revoked" or "bad_signature" && AgentSignature.Parse(context.Request.Headers.Authorization) is { } signature
            ? context.RequestServices.GetRequiredService<IFreshness>().ReadForStrangerAsync(signature.Instance, context.RequestAborted)
            : ValueTask.FromResult(false);
}
