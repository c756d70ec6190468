using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Api.Documentation;
using Slipway.Server.Aws;
using Slipway.Server.Changes;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Kayenta;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Cluster;
using Slipway.Server.Configuration;
using Slipway.Server.Connections;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Environments;
using Slipway.Server.Feedback;
using Slipway.Server.Instances;
using Slipway.Server.Maintenance;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Telemetry;
using Slipway.Server.Versions;
using Slipway.Server.Web;

namespace Slipway.Server;

/// <summary>The table of contents: one line per folder.</summary>
public static class SlipwayServer
{
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>The same, for tests that read what it writes.</summary>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        try
        {
            if (Usage.IsMeant(args))
            {
                await output.WriteLineAsync(Usage.Text);
                return 0;
            }

            if (MaintenanceCommand.IsMeant(args))
                return await MaintenanceCommand.RunAsync(args, output, errors);

            if (TokenCommand.IsMeant(args))
                return await TokenCommand.RunAsync(args, output, errors);

            await using var app = Build(args);
            if (await StartAsync(app))
            {
                StartUpOutput.Write(app, output);
                await app.WaitForShutdownAsync();
            }

            // A node that the others have taken for dead says so (NodeLease).
            return Environment.ExitCode;
        }
        catch (Exception e) when (StartTroubles.Explain(e) is { } trouble)
        {
            await errors.WriteLineAsync(trouble.Sentence);
            return trouble.ExitCode;
        }
    }

    /// <summary>
    /// What has started before something refused ends in order, or it would tell of its end as a fault. False: it was told to stop before it had started.
    /// </summary>
    private static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
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
        builder.AddTelemetry();
        builder.AddListening();
        builder.AddPersistence();
        builder.AddCluster();
        builder.AddAws();
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
        builder.AddVerdicts();
        builder.AddKayenta();
        builder.AddDeclaredChecks();
        builder.AddWeb();
        builder.AddChanges();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseTelemetry();
        app.UseApi();
        app.UseWeb();
        app.UseAccess();
        app.UseIdempotency();
        app.MapOperations();
        app.MapDocumentation();
        app.MapCertificateAuthority();
        app.MapAgents();
        app.MapServiceSchema();
        app.MapKayenta();
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
        api.MapVerdicts();
        api.MapDeclaredChecks();
        api.MapFeedback();
        api.MapChanges();
        return app;
    }
}
