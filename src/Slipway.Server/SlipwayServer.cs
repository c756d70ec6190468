using System.Net.Sockets;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Api.Documentation;
using Slipway.Server.Changes;
using Slipway.Server.Configuration;
using Slipway.Server.Connections;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Environments;
using Slipway.Server.Feedback;
using Slipway.Server.Instances;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Versions;
using Slipway.Server.Web;

namespace Slipway.Server;

/// <summary>The table of contents: one line per folder.</summary>
public static class SlipwayServer
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (Usage.IsMeant(args))
            {
                await Console.Out.WriteLineAsync(Usage.Text);
                return 0;
            }

            if (TokenCommand.IsMeant(args))
                return await TokenCommand.RunAsync(args, Console.Out, Console.Error);

            await using var app = Build(args);
            await StartAsync(app);
            StartUpOutput.Write(app, Console.Out);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException || e.GetBaseException() is SocketException)
        {
            await Console.Error.WriteLineAsync(e is StartRefusedException ? e.Message : $"{e.Message.TrimEnd('.')}. Say where to listen with --urls, for example --urls {Listening.DefaultUrl}.");
            return 2;
        }
    }

    /// <summary>What has started before something refused ends in order, or it would tell of its end as a fault.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>The whole server. <paramref name="adjust"/> is for tests, which replace the clock or add crash points.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(WebModule.Options(args));
        builder.AddOperations();
        builder.AddListening();
        builder.AddPersistence();
        builder.AddApi();
        builder.AddDocumentation();
        builder.AddAccess();
        builder.AddEngine();
        builder.AddServices();
        builder.AddEnvironments();
        builder.AddConfigurationRevisions();
        builder.AddConnections();
        builder.AddVersions();
        builder.AddInstances();
        builder.AddTargets();
        builder.AddDeployments();
        builder.AddWeb();
        builder.AddChanges();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseApi();
        app.UseWeb();
        app.UseAccess();
        app.UseIdempotency();
        app.MapOperations();
        app.MapDocumentation();
        app.MapCertificateAuthority();
        app.MapAgents();
        app.MapServiceSchema();
        app.MapWeb();

        var api = app.MapGroup("/api/v1").RefuseUnknownParameters();
        api.MapAccess();
        api.MapServices();
        api.MapEnvironments();
        api.MapConfigurationRevisions();
        api.MapConnections();
        api.MapVersions();
        api.MapInstances();
        api.MapTargets();
        api.MapDeployments();
        api.MapFeedback();
        api.MapChanges();
        return app;
    }
}
