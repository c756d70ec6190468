using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Slipway.Server.Access;

internal static class AccessModule
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddKeyRing();
        builder.Services.AddSingleton<Installation>();
        builder.Services.AddSingleton<TokenBook>();
        builder.Services.AddSingleton<JoinTokens>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<SessionCookie>();
        builder.Services.AddSingleton<SameOrigin>();
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Ledger>());
        builder.Services.AddHostedService<FirstStart>();
    }

    public static void UseAccess(this WebApplication app) => app.UseMiddleware<Doorkeeper>();

    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        api.MapSession();
        api.MapWhoAmI();
        api.MapTokens();
        api.MapJoinTokens();
        api.MapAudit();
    }

    /// <summary>What secrets at rest are encrypted with. The ring lies beside the database, readable by the server's user only; that of several nodes in their database.</summary>
    private static void AddKeyRing(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("Slipway");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, ring) => options.XmlRepository = ring);

        // It warns at every start that the ring is not itself encrypted; that it lies in a folder of the server's user alone is the decision.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
