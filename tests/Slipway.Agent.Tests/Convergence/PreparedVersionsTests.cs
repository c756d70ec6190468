using Slipway.Agent.Tests.Fakes;
using Slipway.Contracts.Agent.V1;
using Xunit;

namespace Slipway.Agent.Tests.Convergence;

/// <summary>What is ready to be switched to is told when it changes, not with the next thing that happens.</summary>
public sealed class PreparedVersionsTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private TestAgent agent = null!;
    private Artifact artifact = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        agent = new(server);
        artifact = server.Publish(Build.Zstd(Build.Tar(("run", "#!/bin/sh"))), ArtifactFormat.TarZstd);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_version_prepared_ahead_is_told_as_ready_while_the_other_one_runs()
    {
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact)));
        await server.NextStatusAsync(ServiceState.Healthy, 1);
        await server.SendAsync(new ToAgent { Prepare = new() { Service = "shop", Release = Build.Release("2.0", artifact), Cause = "ahead" } });

        var told = await server.NextAsync(message => message.Status is { } status && status.PreparedVersions.Contains("2.0"));

        Assert.Equal(("1.0", ServiceState.Healthy), (told.Status.RunningVersion, told.Status.State));
        Assert.Equal(["1.0", "2.0"], told.Status.PreparedVersions);
    }

    [Fact]
    public async Task A_new_version_with_the_same_config_revision_needs_no_server_for_its_secrets()
    {
        server.Secrets["KEY"] = "s3cret";
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.SecretNames.Add("KEY"))));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        server.SecretsAway = true;
        await server.SendAsync(Build.Assign(2, Build.Release("2.0", artifact, r => r.SecretNames.Add("KEY"))));
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        Assert.Contains("KEY=\"s3cret\"", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Current, ".slipway.env")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_config_revision_waits_for_the_server()
    {
        server.Secrets["KEY"] = "s3cret";
        await agent.StartAsync();
        await server.SendAsync(Build.Assign(1, Build.Release("1.0", artifact, r => r.SecretNames.Add("KEY"))));
        await server.NextStatusAsync(ServiceState.Healthy, 1);

        server.SecretsAway = true;
        await server.SendAsync(Build.Assign(2, Build.Release("2.0", artifact, r =>
        {
            r.ConfigRevision = 2;
            r.SecretNames.Add("KEY");
        })));
        await server.NextStatusAsync(ServiceState.Preparing, 2);
        server.Secrets["KEY"] = "newer";
        server.SecretsAway = false;
        await server.NextStatusAsync(ServiceState.Healthy, 2);
        Assert.Contains("KEY=\"newer\"", await File.ReadAllTextAsync(Path.Combine(agent.Folder.Current, ".slipway.env")), StringComparison.Ordinal);
    }
}
