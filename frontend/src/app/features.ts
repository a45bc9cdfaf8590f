import type { FeatureRoutes } from '@/shared/routing';

/** Every feature registers itself by the routes.tsx in its folder; nobody lists them. */
const modules = Object.values(
  import.meta.glob<FeatureRoutes>('../features/*/routes.tsx', { eager: true }),
);

export const consoleRoutes = modules.flatMap((feature) => feature.consoleRoutes ?? []);
export const portalRoutes = modules.flatMap((feature) => feature.portalRoutes ?? []);
export const plainRoutes = modules.flatMap((feature) => feature.plainRoutes ?? []);
export const consoleHeader = modules
  .flatMap((feature) => feature.consoleHeader ?? [])
  .sort((a, b) => a.order - b.order);
