using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Fetching;
using Slipway.Server.Instances.Joining;
using Slipway.Server.Instances.Leaving;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Logs;
using Slipway.Server.Instances.Nodes;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Signatures;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Instances.Telling;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances;

internal static class InstancesModule
{
    public static void AddInstances(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<LiveFleet>();
        services.AddSingleton<FleetReader>();
        services.AddHostedService<FleetLoad>();
        services.AddSingleton<AssignmentWrites>();
        services.AddSingleton<AssignmentStore>();
        services.AddSingleton<StatusTurn>();
        services.AddSingleton<InstanceStore>();
        services.AddOwnLoop<StatusWriter>();
        services.AddOwnLoop<TargetSignals>();
        services.AddSingleton<ReleaseFactory>();
        services.AddSingleton<Convergence>();
        services.AddSingleton<IConvergence>(provider => provider.GetRequiredService<Convergence>());
        services.AddSingleton<IFleet, Fleet>();

        services.AddSingleton<Teller>();
        services.AddSingleton<Departure>();
        services.AddSingleton<QueueRemoval>();
        services.AddBroker();
        services.AddOtherNodes(builder.Configuration.HasSharedDatabase());

        services.AddSingleton<AgentAuthenticator>();
        services.AddSingleton<Welcomes>();
        services.AddSingleton<Introductions>();
        services.AddSingleton<Dialogue>();
        services.AddSingleton<ReturnAddresses>();
        services.AddSingleton<LogTails>();
        services.AddSingleton<Replies>();
        services.AddSingleton<Conversations>();
        services.AddHostedService<ConnectionCare>();
        services.AddHostedService<ConnectionLimits>();
        services.Configure<SocketTransportOptions>(ConnectionLimits.Configure);
    }

    /// <summary>The addresses agents call.</summary>
    public static void MapAgents(this WebApplication app)
    {
        app.UseWebSockets();
        app.Use(AgentOnly.CheckAsync);
        Join.Map(app);
        Connect.Map(app);
        RotateKey.Map(app);
        FetchSecrets.Map(app);
        FetchArtifact.Map(app);
        TakeReports.Map(app);
        CheckAgent.Map(app);
        LeaveInstance.Map(app);
    }

    public static void MapInstances(this IEndpointRouteBuilder api)
    {
        ListInstances.Map(api);
        SummarizeInstances.Map(api);
        GetInstance.Map(api);
        ChangeInstance.Map(api);
        DeleteInstance.Map(api);
        RestartService.Map(api);
        TailLogsEndpoint.Map(api);
    }

    public static void AddOwnLoop<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
