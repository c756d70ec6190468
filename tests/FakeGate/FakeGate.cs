using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Slipway.FakeGate.Access;
using Slipway.FakeGate.Configs;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Faults;
using Slipway.FakeGate.Http;
using Slipway.FakeGate.Stages.Canary;
using Slipway.FakeGate.State;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate;

/// <summary>
/// Spinnaker's Gate, with what is behind it, in this process: on a loopback port, gone when it is disposed.
/// Inside a namespace of Slipway the name of this class means its namespace; there write <c>using Gate = Slipway.FakeGate.FakeGate;</c>.
/// </summary>
public sealed class FakeGate : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Surroundings around;
    private readonly TimeProvider time;

    private FakeGate(WebApplication app, Surroundings around, TimeProvider time, RequestCounts requests)
    {
        this.app = app;
        this.around = around;
        this.time = time;
        Requests = requests;
        Executions = new(around);
        Configs = new(around);
    }

    /// <summary>Without a slash at the end of its path.</summary>
    public Uri Url { get; private set; } = new("http://unknown");

    /// <summary>Accounts, images, clusters: to read, and to change behind Spinnaker's back.</summary>
    public CloudWorld World => around.World;

    /// <summary>What is to go wrong.</summary>
    public FaultBox Faults => around.Faults;

    /// <summary>What was started, and starts by somebody else.</summary>
    public ExecutionBook Executions { get; }

    /// <summary>Applications and pipeline configs, changed by hand.</summary>
    public ConfigBook Configs { get; }

    /// <summary>What canary analyses will say.</summary>
    public CanaryJudge Canaries => around.Judge;

    /// <summary>What the server shows where sign-in is by certificate; trust it, for nobody else has signed it.</summary>
    public X509Certificate2? Certificate { get; private init; }

    /// <summary>How often was asked for what.</summary>
    public RequestCounts Requests { get; }

    public static async Task<FakeGate> StartAsync(FakeGateOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var time = options.Time ?? TimeProvider.System;
        var turnstile = new Turnstile(time);
        var around = new Surroundings(turnstile, new(turnstile, options.Pace.Boot / options.Speed), new(), new(), new(), options);
        around.Launcher = new(around);
        var engine = new Engine(around);
        turnstile.CatchUp = engine.CatchUp;
        Keep(around, options.StateFile);

        var certificate = options.Authentication.By == SignIn.X509 ? Certificates.Make("localhost") : null;
        var app = Build(options, certificate);
        RequestCounts requests = new();
        Map(app, new Desk(around, engine, new(options.Authentication)), requests, time);
        var gate = new FakeGate(app, around, time, requests) { Certificate = certificate };
        await app.StartAsync(cancellationToken);
        gate.Url = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return gate;
    }

    /// <summary>Moves a stepped clock on and does what became due. With any other clock it is an error.</summary>
    public void Advance(TimeSpan by)
    {
        if (time is not FakeTimeProvider stepped)
            throw new InvalidOperationException($"Only a {nameof(FakeTimeProvider)} given as {nameof(FakeGateOptions.Time)} can be moved on.");

        stepped.Advance(by);
        around.Turnstile.Do(_ => { });
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Certificate?.Dispose();
    }

    internal IEnumerable<Microsoft.AspNetCore.Http.Endpoint> Endpoints => app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints;

    internal Task WaitAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    private static WebApplication Build(FakeGateOptions options, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(https => Certificates.Configure(https, certificate));
            });
        });
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        return builder.Build();
    }

    private static void Map(WebApplication app, Desk desk, RequestCounts requests, TimeProvider time)
    {
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        app.UseGateWays(desk, requests, new(desk.Around.Faults, time, stopping), time);
        app.MapAccess(desk);
        app.MapApplications(desk);
        app.MapConfigs(desk);
        app.MapStarts(desk);
        app.MapExecutions(desk);
        app.MapControl(desk, SlowLookUp(desk.Around.Options));
        app.MapTasks(desk);
        app.MapClusters(desk);
        app.MapServerGroups(desk);
        app.MapSearch(desk);
        app.MapCanaries(desk);
        app.MapApiTokens(desk);
        app.MapFakes(desk, requests);
    }

    private static void Keep(Surroundings around, string? path)
    {
        if (path is null)
            return;

        var file = new StateFile(path);
        file.Load(around);
        around.Turnstile.Left = () => file.Save(around);
    }

    /// <summary>Real time, for it is a call's: with a stepped clock nobody would move it on meanwhile.</summary>
    private static Func<CancellationToken, Task> SlowLookUp(FakeGateOptions options)
    {
        var delay = options.UnknownIdDelay ?? (options.Time is null ? TimeSpan.FromSeconds(4) / options.Speed : TimeSpan.Zero);
        return cancellation => Task.Delay(delay, cancellation);
    }
}
