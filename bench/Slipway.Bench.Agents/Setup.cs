using System.Diagnostics;
using System.Text;
using Slipway.Client;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.Bench.Agents;

/// <summary>The service the simulated agents pretend to run, and deployments of it, through the ordinary API.</summary>
internal sealed class Setup(Options options) : IDisposable
{
    public static readonly ServiceName Service = ServiceName.Parse("bench-fleet");
    public static readonly EnvironmentName Environment = EnvironmentName.Parse("bench");

    private readonly string run = DateTime.UtcNow.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
    private readonly SlipwayClient client = new(new() { Server = options.Server, Token = options.Token, CertificateAuthority = Trust.Authority(options.Server) });
    private ArtifactDigest artifact;

    public string Run => run;

    public async Task PrepareAsync()
    {
        await client.Services.ApplyAsync(Encoding.UTF8.GetBytes($"service: {Service}\nrun: ./nothing\nstrategy: all-at-once\n"), dryRun: false);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"nothing, for {run}");
        artifact = await Client.Uploads.UploadsClient.DigestAsync(file);
        await client.Uploads.SendAsync(file, artifact);
        File.Delete(file);
    }

    public async Task<string> JoinTokenAsync(int uses) =>
        (await client.Access.CreateJoinTokenAsync(new CreateJoinToken { Environment = Environment, Uses = uses })).Token;

    public async Task<Round> DeployAsync(Fleet fleet, int number)
    {
        var version = VersionName.Parse($"{run}.{number}");
        await client.Versions.PublishAsync(Service, new() { Version = version, Artifact = artifact, Format = ArtifactKind.SingleFile, FileName = "nothing" });
        fleet.Begin(version.Value);
        var begun = Stopwatch.GetTimestamp();
        var deployment = await client.Deployments.StartAsync(new()
        {
            Service = Service,
            Environment = Environment,
            Version = version,
            Strategy = new AllAtOnce(),
            NoRollback = true,
        });
        while (deployment.FinishedAt is null)
        {
            await Task.Delay(20);
            deployment = await client.Deployments.GetAsync(deployment.Id);
        }

        return new(
            deployment.Status == DeploymentStatus.Succeeded,
            Stopwatch.GetElapsedTime(begun).TotalSeconds,
            fleet.PrepareSeconds,
            fleet.AssignSeconds,
            fleet.Acknowledged,
            deployment.Failure?.Reason);
    }

    public void Dispose() => client.Dispose();
}
