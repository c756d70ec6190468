using Microsoft.EntityFrameworkCore.Storage;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>Writes thousands of rows of what agents said, in the way that is fastest on a database.</summary>
internal interface IStatusRows
{
    Task WriteAsync(SlipwayDb db, IDbContextTransaction transaction, StatusBatch batch);
}
