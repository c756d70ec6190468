using Slipway.Contracts.Ids;

namespace Slipway.Server.Versions;

internal sealed partial class Uploads
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Artifact {Sha256} is stored, {Size} bytes")]
    private partial void LogStored(ArtifactDigest sha256, long size);

    [LoggerMessage(Level = LogLevel.Information, Message = "Abandoned upload {Sha256} is removed")]
    private partial void LogAbandoned(ArtifactDigest sha256);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upload {Sha256} has {Size} bytes with another sha256; it is deleted")]
    private partial void LogMismatch(ArtifactDigest sha256, long size);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The disk is full: upload {Sha256} stopped at {Arrived} of {Size} bytes")]
    private partial void LogDiskFull(ArtifactDigest sha256, long arrived, long size);
}
