using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>An instance as the database has it.</summary>
internal sealed record StoredInstance(InstanceRow Row, IReadOnlyList<StoredMember> Members);

/// <summary>A service of it.</summary>
internal sealed record StoredMember(ServiceName Service, Assignment Assigned, ServiceStatus? Reported, PrepareStatus? Prepare);
