using System.Security.Claims;
using Slipway.Contracts.Agents;
using Slipway.Server.Instances.Live;

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
        if (!authenticator.Authenticate(context.Request).Is(out var instance, out var refusal))
        {
            await refusal.ToResult().ExecuteAsync(context);
            return;
        }

        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, instance.Name.Value)], AgentSignature.Scheme, ClaimTypes.Name, null));
        context.Items[typeof(LiveInstance)] = instance;
        await next(context);
    }
}
