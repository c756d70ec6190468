using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes;

/// <summary>A version with a config revision of its target. Revision 0: the target has no config.</summary>
public sealed record Release(VersionName Version, int ConfigRevision);
