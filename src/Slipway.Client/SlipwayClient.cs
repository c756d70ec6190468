using Slipway.Client.Access;
using Slipway.Client.Configuration;
using Slipway.Client.Connections;
using Slipway.Client.Deployments;
using Slipway.Client.Environments;
using Slipway.Client.Http;
using Slipway.Client.Instances;
using Slipway.Client.Services;
using Slipway.Client.Targets;
using Slipway.Client.Uploads;
using Slipway.Client.Versions;

namespace Slipway.Client;

/// <summary>
/// The API of one server. A refusal is an <see cref="ApiException"/>, no answer a <see cref="ServerUnreachableException"/>.
/// Calls that may be repeated without harm are repeated a few times when the connection fails.
/// </summary>
public sealed class SlipwayClient(SlipwayClientOptions options) : IDisposable
{
    private readonly ApiConnection connection = new(options);

    public AccessClient Access => new(connection);

    public ConfigurationClient Configuration => new(connection);

    public ConnectionsClient Connections => new(connection);

    public DeploymentsClient Deployments => new(connection);

    public EnvironmentsClient Environments => new(connection);

    public InstancesClient Instances => new(connection);

    public ServicesClient Services => new(connection);

    public TargetsClient Targets => new(connection);

    public UploadsClient Uploads => new(connection);

    public VersionsClient Versions => new(connection);

    public void Dispose() => connection.Dispose();
}
